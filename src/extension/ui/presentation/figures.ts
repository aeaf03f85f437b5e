/** Figures as people read them, in the viewer's language. */
import { numberFormat } from './formats.ts';

/** Dollars with cents; a positive amount under a cent is "<$0.01", never "$0.00". */
export function costText(usd: number, locale: string): string {
	const money = numberFormat(locale, { style: 'currency', currency: 'USD', currencyDisplay: 'narrowSymbol' });
	return usd > 0 && usd < 0.01 ? `<${money.format(0.01)}` : money.format(usd);
}

/** 1,234 up to ten thousand, 1.2M beyond. */
export function countText(count: number, locale: string): string {
	return numberFormat(locale, count < 10_000 ? {} : { notation: 'compact', maximumFractionDigits: 1 }).format(count);
}

/** The two largest units: "2 hr, 5 min", "12 min", "40 sec". */
export function durationText(ms: number, locale: string): string {
	const seconds = Math.round(Math.max(0, ms) / 1000);
	const unit = (value: number, name: 'day' | 'hour' | 'minute' | 'second') =>
		numberFormat(locale, { style: 'unit', unit: name, unitDisplay: 'short' }).format(value);
	if (seconds < 60) return unit(seconds, 'second');
	const minutes = Math.round(seconds / 60);
	if (minutes < 60) return unit(minutes, 'minute');
	const hours = Math.floor(minutes / 60);
	const parts =
		hours < 24
			? [unit(hours, 'hour'), ...(minutes % 60 > 0 ? [unit(minutes % 60, 'minute')] : [])]
			: [unit(Math.floor(hours / 24), 'day'), ...(hours % 24 > 0 ? [unit(hours % 24, 'hour')] : [])];
	return new Intl.ListFormat(locale, { type: 'unit', style: 'short' }).format(parts);
}

/** A share from 0 to 1: "82%". */
export function percentText(share: number, locale: string): string {
	return numberFormat(locale, { style: 'percent', maximumFractionDigits: 0 }).format(share);
}

/** "1.2 MB". */
export function fileSizeText(bytes: number, locale: string): string {
	const [value, unit] = bytes < 1024 * 1024 ? [bytes / 1024, 'kilobyte'] : [bytes / (1024 * 1024), 'megabyte'];
	return numberFormat(locale, { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: 1 }).format(value);
}
