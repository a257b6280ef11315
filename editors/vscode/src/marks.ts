// Hunks that an AI wrote and nobody answers for: in the gutter, the overview ruler, the status bar and on the file's name.
import * as vscode from 'vscode';
import { LanguageClient } from 'vscode-languageclient/node';

export interface Mark {
  id: string;
  startLine: number;
  endLine: number;
  author: string;
  passes: boolean;
  why: string;
}

const DOT = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><circle cx="8" cy="8" r="3.5" fill="#a866f0"/></svg>';

export class Marks implements vscode.FileDecorationProvider, vscode.Disposable {
  private readonly known = new Map<string, Mark[]>();
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChangeFileDecorations = this.changed.event;
  private readonly status = vscode.window.createStatusBarItem('countermark.unreviewed', vscode.StatusBarAlignment.Left);
  private readonly decoration = vscode.window.createTextEditorDecorationType({
    isWholeLine: true,
    backgroundColor: new vscode.ThemeColor('countermark.unreviewedBackground'),
    overviewRulerColor: new vscode.ThemeColor('countermark.unreviewedRuler'),
    overviewRulerLane: vscode.OverviewRulerLane.Left,
    gutterIconPath: vscode.Uri.parse(`data:image/svg+xml;utf8,${encodeURIComponent(DOT)}`),
    gutterIconSize: 'contain',
  });
  private readonly subscriptions: vscode.Disposable[];

  constructor(private readonly client: LanguageClient) {
    this.status.name = 'Countermark: unreviewed AI hunks';
    this.status.command = 'countermark.nextHunk';
    this.subscriptions = [
      client.onNotification('countermark/reviewMarksChanged', (params: { uri: string }) => void this.fetch(params.uri)),
      vscode.window.onDidChangeVisibleTextEditors((editors) => this.seen(editors)),
      vscode.window.onDidChangeActiveTextEditor(() => this.count()),
      vscode.workspace.onDidCloseTextDocument((document) => this.keep(this.uri(document), [])),
      vscode.window.registerFileDecorationProvider(this),
    ];
    this.seen(vscode.window.visibleTextEditors);
  }

  /** The hunks of a document that nobody answers for, from the top. */
  waiting(document: vscode.TextDocument): Mark[] {
    return this.known.get(this.uri(document)) ?? [];
  }

  uri(document: vscode.TextDocument): string {
    return this.client.code2ProtocolConverter.asUri(document.uri);
  }

  provideFileDecoration(uri: vscode.Uri): vscode.FileDecoration | undefined {
    const count = this.known.get(this.client.code2ProtocolConverter.asUri(uri))?.length;
    return count ? new vscode.FileDecoration('AI', `${hunks(count)} without a review`) : undefined;
  }

  dispose(): void {
    vscode.Disposable.from(...this.subscriptions, this.decoration, this.status, this.changed).dispose();
  }

  private seen(editors: readonly vscode.TextEditor[]): void {
    const documents = editors.map((editor) => editor.document).filter((one) => ['file', 'untitled'].includes(one.uri.scheme));
    const uris = documents.map((document) => this.uri(document));
    void this.client.sendNotification('countermark/didChangeVisible', { uris });
    uris.forEach((uri) => void this.fetch(uri));
    this.count();
  }

  private async fetch(uri: string): Promise<void> {
    try {
      const answer = await this.client.sendRequest<{ marks: Mark[] }>('countermark/reviewMarks', { uri });
      this.keep(uri, answer.marks.filter((mark) => !mark.passes));
    } catch {
      this.keep(uri, []); // the server stopped, or is too old to know them; it says so itself
    }
  }

  private keep(uri: string, marks: Mark[]): void {
    if (marks.length || this.known.has(uri)) {
      marks.length ? this.known.set(uri, marks) : this.known.delete(uri);
      this.changed.fire(this.client.protocol2CodeConverter.asUri(uri));
    }
    vscode.window.visibleTextEditors.filter((editor) => this.uri(editor.document) === uri).forEach((editor) => this.paint(editor));
    this.count();
  }

  private paint(editor: vscode.TextEditor): void {
    editor.setDecorations(
      this.decoration,
      this.waiting(editor.document).map((mark) => ({
        range: new vscode.Range(mark.startLine, 0, mark.endLine, 0),
        hoverMessage: `${mark.author}: not reviewed. ${mark.why}`,
      })),
    );
  }

  private count(): void {
    const editor = vscode.window.activeTextEditor;
    const count = editor ? this.waiting(editor.document).length : 0;
    this.status.text = `$(eye) ${hunks(count)} to review`;
    this.status.tooltip = 'Written by an AI, reviewed by nobody: go to the next one';
    count ? this.status.show() : this.status.hide();
  }
}

function hunks(count: number): string {
  return count === 1 ? '1 AI hunk' : `${count} AI hunks`;
}
