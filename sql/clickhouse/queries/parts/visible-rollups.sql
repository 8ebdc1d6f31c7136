-- Rows of a rollup by level that a viewer may see: of their belts, and of the nation for who may see everything.
source = {scope_source:String}
  AND ({scope_everything:UInt8} = 1 OR (level = 'belt' AND belt_id IN {scope_belts:Array(String)}))
