-- Whether `piece` is a record of CSV by itself. record, field: see csvPatterns.
match(piece, {record:String}) AND countMatches(concat(piece, {delimiter:String}), {field:String}) = {columns:UInt32}
