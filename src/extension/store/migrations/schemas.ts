/** The migrations of the two files, oldest first; the position in the list is the schema version. */
import { index1 } from './index1.ts';
import { index2 } from './index2.ts';
import { index3 } from './index3.ts';
import { ledger1 } from './ledger1.ts';
import { ledger2 } from './ledger2.ts';
import type { Migration } from './migration.ts';

export const indexMigrations: readonly Migration[] = [index1, index2, index3];
export const ledgerMigrations: readonly Migration[] = [ledger1, ledger2];
