-- The number of a month from its first three letters in English, 0 where there is none.
toString(indexOf(splitByChar(' ', {{months}}), lower({{name}})))
