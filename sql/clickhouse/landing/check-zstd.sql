-- Reads a compressed body and keeps nothing of it: the engine checks its checksums on the way.
INSERT INTO FUNCTION null('raw String') FORMAT LineAsString
