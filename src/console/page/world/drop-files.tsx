import type { JSX } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import type { About } from '../../../control/about.ts'
import { chooseFiles, decodeFile, type SentFile } from '../../text/chosen-files.ts'
import { say } from '../toasts.ts'
import { chosenFrom, droppedFrom, type ChosenFile, type ReadChoice } from './entries.ts'
import { ImportDialog } from './import-dialog.tsx'

/** Opens the browser's choice of files or of a folder. */
export function askForFiles (what: 'files' | 'folder'): void {
  document.getElementById(`choose-${what}`)?.click()
}

/** Takes files that are dropped anywhere on the page, or chosen, and asks what to do with them. */
export function DropFiles ({ about }: { about: About }): JSX.Element {
  const [choice, setChoice] = useState<ReadChoice | null>(null)
  const [isOver, setOver] = useState(false)
  const take = (chosen: Promise<ChosenFile[]> | ChosenFile[]): void => {
    readChosen(chosen, about.largestWorld).then(setChoice, (error: Error) => { say({ kind: 'bad', text: `The files cannot be read: ${error.message}` }) })
  }
  useDrops(take, setOver)
  return (
    <>
      <ChooserInput id='choose-files' label='Files to import' take={take} />
      <ChooserInput id='choose-folder' label='Folder to import' take={take} isFolder />
      {isOver && <div class='world-drop' aria-hidden='true'>Drop world files, Partner Center's documents, or a folder</div>}
      {choice !== null && <ImportDialog about={about} choice={choice} onClose={() => { setChoice(null) }} />}
    </>
  )
}

function ChooserInput ({ id, label, take, isFolder = false }: { id: string, label: string, take: (files: ChosenFile[]) => void, isFolder?: boolean }): JSX.Element {
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => { if (input.current !== null) input.current.webkitdirectory = isFolder }, [])
  return (
    <input
      ref={input} id={id} type='file' multiple class='unseen' tabIndex={-1} aria-label={label} accept={isFolder ? undefined : '.json,.xml,.zip'}
      onChange={({ currentTarget }) => {
        take(chosenFrom(currentTarget.files ?? []))
        // The same file can then be chosen again.
        currentTarget.value = ''
      }}
    />
  )
}

/** Listens for files that are dropped; nothing else is taken, and a file that misses is not opened in the place of the page. */
function useDrops (take: (files: Promise<ChosenFile[]>) => void, setOver: (isOver: boolean) => void): void {
  const latest = useRef(take)
  latest.current = take
  useEffect(() => {
    const hasFiles = ({ dataTransfer }: DragEvent): boolean => dataTransfer?.types.includes('Files') === true
    const onOver = (event: DragEvent): void => {
      if (!hasFiles(event)) return
      event.preventDefault()
      setOver(true)
    }
    const onLeave = (event: DragEvent): void => { if (event.relatedTarget === null) setOver(false) }
    const onDrop = (event: DragEvent): void => {
      setOver(false)
      if (!hasFiles(event)) return
      event.preventDefault()
      latest.current(droppedFrom(event.dataTransfer as DataTransfer))
    }
    window.addEventListener('dragover', onOver)
    window.addEventListener('dragleave', onLeave)
    window.addEventListener('drop', onDrop)
    return () => {
      window.removeEventListener('dragover', onOver)
      window.removeEventListener('dragleave', onLeave)
      window.removeEventListener('drop', onDrop)
    }
  }, [])
}

/** Reads those of the files that may be worlds or documents. */
async function readChosen (chosen: Promise<ChosenFile[]> | ChosenFile[], largest: number): Promise<ReadChoice> {
  const { wanted, passedOver, problem } = chooseFiles(await chosen, largest)
  if (problem !== null) return { files: [], passedOver, problems: [problem] }
  const files: SentFile[] = []
  const problems: string[] = []
  for (const { name, file } of wanted) {
    try {
      files.push(decodeFile(name, new Uint8Array(await file.arrayBuffer())))
    } catch (error) {
      problems.push((error as Error).message)
    }
  }
  return { files, passedOver, problems }
}
