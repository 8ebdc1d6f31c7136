-- Whether `piece` is a record of TSV by itself.
length(splitByChar('\t', piece)) = {columns:UInt32}
