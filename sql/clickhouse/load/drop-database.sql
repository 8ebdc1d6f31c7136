-- Takes a load's database away, with what is in it. Waits until it is gone.
DROP DATABASE IF EXISTS {database:Identifier} SYNC
