// Starts the language server, draws what it says and hands on what the person decides: what is found is the server's to say.
import * as vscode from 'vscode';
import { LanguageClient, LanguageClientOptions, ServerOptions } from 'vscode-languageclient/node';
import { Marks } from './marks';
import { answered, atCursor, goToNext, openTerminal } from './review';

let client: LanguageClient | undefined;
let marks: Marks | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const command = (name: string, run: () => unknown) => vscode.commands.registerCommand(`countermark.${name}`, run);
  context.subscriptions.push(
    command('approveHunk', () => atCursor(marks, 'approve')),
    command('rejectHunk', () => atCursor(marks, 'reject')),
    command('waiveHunk', () => atCursor(marks, 'waive')),
    command('nextHunk', () => goToNext(marks)),
    command('reviewTerminal', () => openTerminal(settings().get<string[]>('command', []))),
    command('restart', restart),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('countermark.command') || event.affectsConfiguration('countermark.marks')) {
        void restart();
      }
    }),
  );
  await start();
}

export async function deactivate(): Promise<void> {
  marks?.dispose();
  marks = undefined;
  await client?.stop();
  client = undefined;
}

async function restart(): Promise<void> {
  await deactivate();
  await start();
}

async function start(): Promise<void> {
  const [command, ...args] = settings().get<string[]>('command', []);
  if (!command) {
    return;
  }
  const drawn = settings().get<boolean>('marks', true);
  client = new LanguageClient('countermark', 'Countermark', { command, args } satisfies ServerOptions, options(drawn));
  try {
    await client.start();
  } catch (error) {
    void vscode.window.showErrorMessage(`Countermark did not start: ${String(error)}. Is "${command}" installed? See countermark.command.`);
    return;
  }
  marks = drawn ? new Marks(client) : undefined;
}

function options(drawn: boolean): LanguageClientOptions {
  return {
    documentSelector: [{ scheme: 'file' }, { scheme: 'untitled' }],
    diagnosticPullOptions: { onChange: true, onSave: true, onTabs: true },
    // What is drawn in the gutter need not be underlined as well.
    initializationOptions: { reviewHints: drawn },
    middleware: {
      executeCommand: async (name, given, next) => {
        if (name === 'countermark.openReview') {
          return openTerminal(settings().get<string[]>('command', []));
        }
        if (name !== 'countermark.review') {
          return next(name, given);
        }
        const review = await answered(given[0]);
        return review && next(name, [review]);
      },
    },
  };
}

function settings(): vscode.WorkspaceConfiguration {
  return vscode.workspace.getConfiguration('countermark');
}
