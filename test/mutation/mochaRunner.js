/**
 * Stryker's runner for Mocha. Mocha 12 names the files of its command line `.cjs`, and the runner (10.0.0) asks for them
 * without an ending.
 */
import { Module } from 'node:module';

Module._extensions['.cjs'] ??= Module._extensions['.js'];
export const { strykerPlugins, strykerValidationSchema } = await import('@stryker-mutator/mocha-runner');
