/** Version of the wire, not of the program: raised when an answer's shape changes. */
export const API_VERSION = '1.0.0';
