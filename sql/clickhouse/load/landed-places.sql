-- How many records of the facts did landing find well formed, and a sum over their positions (see create-read).
SELECT count() AS lines, sum(cityHash64(toUInt16(_file_no), toUInt64(_line))) AS places FROM {{facts}}
