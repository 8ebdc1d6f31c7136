-- A part of a day or a time in two digits.
leftPad({{text}}, 2, '0')
