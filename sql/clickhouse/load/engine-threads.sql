-- On how many threads does the engine run a statement?
SELECT toUInt32(getSetting('max_threads')) AS threads
