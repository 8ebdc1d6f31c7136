-- Takes over the database of a load: what its former owner still sends finds no database of the old name.
RENAME DATABASE {found:Identifier} TO {own:Identifier}
