-- Ends what still runs in a load's database, and waits until it has ended.
KILL QUERY WHERE current_database = {database:String} SYNC
