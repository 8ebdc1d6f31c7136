-- Prices are compared within a SKU and a combination of tracks: a piece sold at retail is dearer than one of a bulk order. 65535 = rows
-- of versions from before, which have all combinations of a SKU together; they are compared with each other alone until their months
-- are loaded or rebuilt again.
ALTER TABLE {{database}}.rollup_sku_month {{on_cluster}} ADD COLUMN IF NOT EXISTS combination UInt16 DEFAULT 65535 AFTER sku_id
