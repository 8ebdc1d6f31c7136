-- Rows by belt that make up an area: all of them for the nation, or those of the belts given. Nothing, where the viewer may not
-- see all of them: a part would pass for the whole.
source = {scope_source:String}
  AND ({area_everything:UInt8} = 1 OR belt_id IN {area_belts:Array(String)})
  AND ({scope_everything:UInt8} = 1
       OR ({area_everything:UInt8} = 0 AND hasAll({scope_belts:Array(String)}, {area_belts:Array(String)})))
