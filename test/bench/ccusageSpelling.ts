/**
 * Copies a Claude directory into the spelling that `ccusage` reads completely: compact JSON, one object per line, times in
 * milliseconds, a request id on every record of a response. Tokens stay what they are, so that whatever then still
 * differs is a difference of rules.
 */
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Fields } from '../support/historyGenerator/records.ts';

export function respellHistory(from: string, to: string): void {
	for (const name of readdirSync(from, { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.jsonl'))) {
		const target = path.join(to, name);
		mkdirSync(path.dirname(target), { recursive: true });
		const lines = readFileSync(path.join(from, name), 'utf8').split('\n');
		writeFileSync(target, lines.flatMap(respelledLine).join('\n'));
	}
}

function respelledLine(line: string): string[] {
	const whole = parsed(line);
	if (whole) return [respelled(whole)];
	for (let at = line.indexOf('}{'); at >= 0; at = line.indexOf('}{', at + 1)) {
		const [first, second] = [parsed(line.slice(0, at + 1)), parsed(line.slice(at + 1))];
		if (first && second) return [respelled(first), respelled(second)];
	}
	return [line];
}

function respelled(record: Fields): string {
	const data = fieldsOf(record['data']);
	const inner = fieldsOf(data?.['message']);
	const withData: Fields = data && inner ? { ...record, data: { ...data, message: spelled(inner) } } : record;
	return JSON.stringify(spelled(withData));
}

function spelled(record: Fields): Fields {
	const { timestamp } = record;
	const id = fieldsOf(record['message'])?.['id'];
	return {
		...record,
		...(typeof timestamp === 'string' ? { timestamp: timestamp.replace(/(\.\d{3})\d+Z$/, '$1Z') } : {}),
		...(record['type'] === 'assistant' && typeof id === 'string' ? { requestId: `req_${id}` } : {}),
	};
}

function parsed(text: string): Fields | null {
	try {
		return fieldsOf(JSON.parse(text));
	} catch {
		return null;
	}
}

function fieldsOf(value: unknown): Fields | null {
	return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : null;
}
