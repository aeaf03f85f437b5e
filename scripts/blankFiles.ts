/**
 * `node scripts/blankFiles.ts` writes the empty files that the migrations make, packed, into the sources. A test compares
 * what is in them.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { migrateAndPack, type Migration } from '../src/extension/store/migrations/migration.ts';
import { indexMigrations, ledgerMigrations } from '../src/extension/store/migrations/schemas.ts';
import { Sqlite } from '../src/extension/store/sqlite.ts';

const lineLength = 120;

async function packed(migrations: readonly Migration[]): Promise<string> {
	const db = await Sqlite.open(null);
	migrateAndPack(db, migrations);
	const text = deflateRawSync(db.serialize(), { level: 9 }).toString('base64');
	db.close();
	const lines = Array.from({ length: Math.ceil(text.length / lineLength) }, (_, i) => text.slice(i * lineLength, (i + 1) * lineLength));
	return `\`\n${lines.join('\n')}\n\``;
}

const text = `/**
 * Written by scripts/blankFiles.ts; change the migrations and run it again. What the migrations make of nothing, as an empty
 * file, deflated, in Base64.
 */
export const blankIndex = ${await packed(indexMigrations)};

export const blankLedger = ${await packed(ledgerMigrations)};
`;
writeFileSync(join(import.meta.dirname, '../src/extension/store/migrations/blankFiles.ts'), text);
