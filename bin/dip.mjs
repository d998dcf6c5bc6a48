#!/usr/bin/env node
/** `dip`, for npm: what it finds in node_modules/.bin it runs without a look at the packages that are installed. */
import '../services/cli/start.mjs';
