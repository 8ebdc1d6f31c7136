-- Which of these time zones has the engine no table of? Grain: zone. It tells capitals apart, and may be older than the program.
SELECT arrayJoin(arrayFilter(zone -> zone NOT IN (SELECT time_zone FROM system.time_zones), {zones:Array(String)})) AS zone
