import { equal } from 'node:assert/strict';
import { test } from 'node:test';
import { refund } from './refund.js';

test('half a cent goes to the customer', () => equal(refund(101, 0.5), 51));
