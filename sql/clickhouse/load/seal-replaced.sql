-- Keeps beside the seals how many lines a batch took out of force, and what they add up to: whoever puts them back looks first whether they are
-- all there. A version without such a row was made before they were kept. No figure is read from them, and no comparison of seals asks for it.
-- Refused where load__plan is another's by now.
INSERT INTO {{published}}.seals (source, data_version, sealed, month, rows, checksum)
SELECT {source:String}, {batch_id:UInt64}, 'replaced_lines', toDate(0), count(), sum(cityHash64(tuple(* EXCEPT (source, replaced_by))))
FROM {{published}}.replaced_lines
WHERE source = {source:String} AND replaced_by = {batch_id:UInt64} AND (SELECT count() FROM load__plan) >= 0
