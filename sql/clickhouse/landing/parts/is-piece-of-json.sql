-- Whether `piece` is a record of JSON lines by itself.
JSONType(piece) = 'Object'
