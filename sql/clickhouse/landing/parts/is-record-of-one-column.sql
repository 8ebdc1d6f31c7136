-- Whether an odd line of TSV (`text`) is a record after all: between others, a blank line is the value of a single column.
{columns:UInt32} = 1 AND {{is_blank}} AND position(text, '\t') = 0
