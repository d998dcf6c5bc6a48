import {command} from '../command.ts';
import {Failure} from '../failure.ts';

export default command({
  name: 'serve',
  summary: 'Run one service',
  usage: 'NAME',
  operands: [1, 1],
  options: {},
  examples: [['dip serve classification', 'Run one service']],
  async run() {
    throw new Failure('`dip serve` is not there yet.');
  },
});
