-- A column as the model reads it. What is written otherwise is left out before; so nothing of it is NULL.
ifNull({{value}}, {{column}}) AS {{column}}
