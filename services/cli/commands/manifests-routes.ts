import {writeFile} from 'node:fs/promises';
import {command} from '../command.ts';
import {exit} from '../failure.ts';
import {allServices} from '../manifests/all-services.ts';
import {routeTable} from '../manifests/route-table.ts';

const file = new URL('../../gateway/routes.json', import.meta.url);

export default command({
  name: 'manifests routes',
  summary: 'Print the front doors of all services, with who may come in',
  usage: '[--write]',
  details: `The way in for people asks this table before it wakes a service; what is not in it needs the role operate. Each
service declares its own doors, and \`npm run generate\` writes them to services/gateway/routes.json.`,
  options: {
    write: {type: 'boolean', help: 'Write them to services/gateway/routes.json instead of printing'},
  },
  examples: [['dip manifests routes', 'All of them, as JSON']],
  async run({options, terminal}) {
    const table = `${JSON.stringify(routeTable(await allServices()), null, 2)}\n`;
    if (options.write === true) await writeFile(file, table);
    else terminal.print(table.trimEnd());
    return exit.ok;
  },
});
