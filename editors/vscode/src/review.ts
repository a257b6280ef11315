// What a person decides about a hunk. The server writes it down, or says why not.
import * as vscode from 'vscode';
import { Mark, Marks } from './marks';

type Decision = 'approve' | 'reject' | 'waive';

interface Review {
  uri: string;
  hunks: string[];
  decision: Decision;
  reason?: string;
}

/** Decide about the hunk at the cursor. */
export async function atCursor(marks: Marks | undefined, decision: Decision): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  const line = editor?.selection.active.line ?? 0;
  const mark = editor && marks?.waiting(editor.document).find((one) => one.startLine <= line && line <= one.endLine);
  if (!editor || !marks || !mark) {
    void vscode.window.showInformationMessage('Countermark: there is no unreviewed AI hunk at the cursor.');
    return;
  }
  const review: Review = { uri: marks.uri(editor.document), hunks: [mark.id], decision };
  await vscode.commands.executeCommand('countermark.review', review);
}

/** Go to the next hunk that waits, round the end of the file. */
export function goToNext(marks: Marks | undefined): void {
  const editor = vscode.window.activeTextEditor;
  if (!editor || !marks) {
    return;
  }
  const waiting: Mark[] = marks.waiting(editor.document);
  const next = waiting.find((mark) => mark.startLine > editor.selection.active.line) ?? waiting[0];
  if (next) {
    const place = new vscode.Position(next.startLine, 0);
    editor.selection = new vscode.Selection(place, place);
    editor.revealRange(new vscode.Range(next.startLine, 0, next.endLine, 0), vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  }
}

/** The review with everything that it needs: a waiver needs a reason. Nothing where the person changed their mind. */
export async function answered(review: Review): Promise<Review | undefined> {
  if (review?.decision !== 'waive' || review.reason) {
    return review;
  }
  const reason = await vscode.window.showInputBox({ prompt: 'Why may these lines pass unread for now? Others will read this.' });
  return reason?.trim() ? { ...review, reason: reason.trim() } : undefined;
}

/** The review screen, in a terminal of the editor; `command` is how the language server is started. */
export function openTerminal(command: string[]): void {
  const terminal = vscode.window.createTerminal({
    name: 'Countermark review',
    shellPath: command[0],
    shellArgs: [...command.slice(1, -1), 'review'],
  });
  terminal.show();
}
