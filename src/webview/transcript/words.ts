/** Words of the transcript page. */
import { speakerOf } from '../sentences.ts';
import { strings } from './strings.ts';

export const text = speakerOf('transcript', strings);
