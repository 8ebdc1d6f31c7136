-- Memberships of the demo; their file has the canonical columns.
SELECT _file_no, _line, merchant_id, belt_id, valid_from, valid_to
FROM memberships
