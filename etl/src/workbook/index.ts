export { sheetRows, type SheetChoice, type SheetRow } from './sheet-rows.ts';
