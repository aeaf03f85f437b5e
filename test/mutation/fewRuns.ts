/** A mutant that ten examples of a property do not notice counts as unnoticed: a hundred for each of thousands of mutants take a day. */
import fc from 'fast-check';

fc.configureGlobal({ numRuns: 10 });
