/** Where one of many is. */
export const userPath = (id: string) => `/users/${encodeURIComponent(id)}`;
export const publicationPath = (number: string) => `/reports/${encodeURIComponent(number)}`;
