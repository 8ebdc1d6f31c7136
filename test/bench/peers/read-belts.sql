-- The province of each belt. Grain: belt.
CREATE TABLE belts AS
SELECT belt_id, province FROM read_csv(getvariable('folder') || '/belts.csv', all_varchar = true)
