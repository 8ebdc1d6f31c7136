-- ignored: rows of the facts that the mapping said to leave out, by the reason that it gave: how many, their pieces and amount, and where the
-- first of them stood. From now on read_* = loaded_* + superseded_* + rejected_* + what is ignored; of loads from before there is none.
ALTER TABLE {{database}}.load_events {{on_cluster}}
ADD COLUMN IF NOT EXISTS ignored Map(String, Tuple(lines UInt64, quantity Int64, amount Decimal(38, 2), file_no UInt16, line UInt64))
