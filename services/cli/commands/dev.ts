import {command} from '../command.ts';
import {Failure} from '../failure.ts';

export default command({
  name: 'dev',
  summary: 'Run all of DIP on this machine',
  usage: '',
  options: {},
  examples: [['dip dev', 'Run all of DIP on this machine']],
  async run() {
    throw new Failure('`dip dev` is not there yet.');
  },
});
