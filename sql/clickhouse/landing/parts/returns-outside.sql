-- Whether `raw` has a carriage return outside quotes. quoted: a regular expression of what stands in quotes, and of what is kept before.
position(replaceRegexpAll(raw, {quoted:String}, {kept:String}), '\r') > 0
