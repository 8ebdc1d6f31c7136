-- How much can still be written where the engine keeps its tables? One row; bytes.
SELECT filesystemAvailable() AS bytes
