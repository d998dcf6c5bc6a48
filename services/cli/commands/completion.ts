import {command} from '../command.ts';
import {misused} from '../failure.ts';
import {didYouMean} from '../nearest.ts';

const shells = ['bash', 'zsh', 'fish'] as const;

export default command({
  name: 'completion',
  summary: 'Print what lets a shell complete these commands',
  usage: 'bash|zsh|fish',
  operands: [1, 1],
  words: async () => shells,
  details: `It completes commands, options, what they can be, and files, after the word dip: where that is called otherwise,
put node_modules/.bin into PATH, or say alias dip='npx dip'. It knows this version: print it again after an upgrade.`,
  options: {},
  examples: [
    ['eval "$(dip completion bash)"', 'In this shell; for each new one, as a line of ~/.bashrc'],
    ['eval "$(dip completion zsh)"', 'The same for zsh, in ~/.zshrc'],
    ['dip completion fish > ~/.config/fish/completions/dip.fish', 'For each new fish'],
  ],
  async run({operands: [asked = ''], terminal}) {
    const shell = shells.find((one) => one === asked);
    if (shell === undefined)
      throw misused(
        `There is completion for ${shells.join(', ')}, got \`${asked}\`${didYouMean(asked, shells)}`,
      );
    const [{completedCommands, completedNouns}, {bashScript}, {zshScript}, {fishScript}] = await Promise.all([
      import('../completion/grammar.ts'),
      import('../completion/bash.ts'),
      import('../completion/zsh.ts'),
      import('../completion/fish.ts'),
    ]);
    const scriptOf = {bash: bashScript, zsh: zshScript, fish: fishScript}[shell];
    terminal.print(scriptOf(completedNouns(), await completedCommands()));
  },
});
