-- Merchants of the demo; their file has the canonical columns.
SELECT
    _file_no, _line, merchant_id, name, owner_id, size, is_factory, founded_on, takeover_on, successor_born,
    successor_education, tags
FROM merchants
