-- What stands for a column that a mapping may give and does not.
''
