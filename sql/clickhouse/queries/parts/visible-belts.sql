-- Rows by belt that a viewer may see.
source = {scope_source:String}
  AND ({scope_everything:UInt8} = 1 OR belt_id IN {scope_belts:Array(String)})
