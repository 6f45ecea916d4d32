import { Suspense, useCallback, useMemo, useRef, useState } from 'react';
import { CreateTask } from '../components/tasks/CreateTask';
import { ListEmpty } from '../components/tasks/ListEmpty';
import { ListHeader } from '../components/tasks/ListHeader';
import { ListProblem } from '../components/tasks/ListProblem';
import { LiveRegion } from '../components/tasks/LiveRegion';
import { ConflictDialog, ShortcutHelp, TaskEditor, useLater, usePartsForLater } from '../components/tasks/later';
import { Sidebar } from '../components/tasks/Sidebar';
import { TaskList, type TaskListHandle } from '../components/tasks/TaskList';
import { TaskSkeleton } from '../components/tasks/TaskSkeleton';
import { neighbourOf, useEditor } from '../components/tasks/useEditor';
import { useRowActions } from '../components/tasks/useRowActions';
import { useTaskShortcuts } from '../components/tasks/useTaskShortcuts';
import { BottomNav } from '../components/tasks/ViewNav';
import { WaitingChanges } from '../components/tasks/WaitingChanges';
import { useAddedElsewhere } from '../hooks/useAddedElsewhere';
import { useConflict } from '../hooks/useConflict';
import { useLingering } from '../hooks/useLinger';
import { useListNews } from '../hooks/useListNews';
import { kWide, useMediaQuery } from '../hooks/useMediaQuery';
import { useTaskFilters } from '../hooks/useTaskFilters';
import { useTaskMutations } from '../hooks/useTaskMutations';
import { useTasks } from '../hooks/useTasks';
import { useToday } from '../hooks/useToday';
import { t } from '../i18n/tasks';
import { addDays } from '../lib/dates/day';
import { kNoFilters, sortOf } from '../lib/tasks/filters';
import { count, select } from '../lib/tasks/select';

/** The tasks: views, quick add, the list and the editor. What it shows stands in the address. */
export function Home() {
  const wide = useMediaQuery(kWide);
  const today = useToday();
  const mutations = useTaskMutations();
  const [filters, setFilters] = useTaskFilters();
  const tasks = useTasks(sortOf(filters));
  const lingering = useLingering();
  const conflict = useConflict(tasks.unsaved);
  const [renamingId, setRenaming] = useState<string | null>(null);
  const [showHelp, setShowHelp] = useState(false);

  const everConflict = useLater(conflict.entry !== undefined);
  const everHelp = useLater(showHelp);
  usePartsForLater();

  const shown = useMemo(() => select(tasks.all, filters, today, lingering), [tasks.all, filters, today, lingering]);
  const counts = useMemo(() => count(tasks.all, today), [tasks.all, today]);
  useListNews(filters, counts[filters.view], shown.length, !tasks.isLoading);

  const added = useAddedElsewhere(tasks.find, shown, () => setFilters(kNoFilters));

  const list = useRef<TaskListHandle>(null);
  const newTask = useRef<HTMLInputElement>(null);
  const search = useRef<HTMLInputElement>(null);
  const focusNew = useCallback(() => newTask.current?.focus(), []);
  const editor = useEditor(list);
  const actions = useRowActions(list, setRenaming, editor.open, conflict.show);
  const openTask = editor.openId === null ? undefined : tasks.find(editor.openId);

  useTaskShortcuts({
    find: tasks.find,
    list,
    actions,
    newTask: focusNew,
    search: () => search.current?.focus(),
    edit: editor.open,
    show: (view) => setFilters({ ...kNoFilters, view }),
    help: () => setShowHelp(true),
  });

  const defaults = {
    due_date: filters.view === 'today' ? today : filters.view === 'upcoming' ? addDays(today, 1) : null,
    status: filters.view === 'in_progress' ? ('in_progress' as const) : ('pending' as const),
  };
  const isEmpty = !tasks.isLoading && shown.length === 0;
  return (
    <div className="flex flex-1">
      {wide && <Sidebar counts={counts} onShortcuts={() => setShowHelp(true)} />}
      <main id="content" tabIndex={-1} className="min-w-0 flex-1 px-4 pt-3 pb-40 outline-none lg:px-8 lg:pt-6 lg:pb-16">
        <div className="mx-auto max-w-180">
          <ListHeader
            wide={wide}
            filters={filters}
            counts={counts}
            found={shown.length}
            today={today}
            search={search}
            onFilters={setFilters}
            onShortcuts={() => setShowHelp(true)}
            onLeaveSearch={() => list.current?.move(0)}
          />
          <CreateTask
            today={today}
            defaults={defaults}
            field={newTask}
            onCreate={(fields) => added(mutations.create(fields))}
            onLeave={() => list.current?.move(0)}
          />
          <div className="lg:pt-4">
            <WaitingChanges waiting={tasks.unsaved.size} />
            <ListProblem tasks={tasks} />
            {tasks.isLoading && <TaskSkeleton />}
            {isEmpty && !tasks.error && <ListEmpty filters={filters} counts={counts} onFilters={setFilters} />}
            {!tasks.isLoading && (
              <TaskList
                ref={list}
                tasks={shown}
                partial={tasks.isPartial}
                today={today}
                unsaved={tasks.unsaved}
                openId={editor.openId}
                renamingId={renamingId}
                actions={actions}
                onEmptied={focusNew}
              />
            )}
            {tasks.isPartial && <p className="py-4 text-center text-muted text-second">{t('tasks.more')}</p>}
          </div>
        </div>
      </main>
      {openTask && (
        <Suspense>
          <TaskEditor
            task={openTask}
            today={today}
            focus={editor.focus}
            onSave={(seen, patch) => {
              mutations.update(seen, patch);
              editor.close();
            }}
            onDelete={() => {
              editor.close(neighbourOf(shown, openTask.task_id));
              mutations.remove(openTask);
            }}
            onClose={() => editor.close()}
          />
        </Suspense>
      )}
      {!wide && <BottomNav />}
      <Suspense>
        {everConflict && <ConflictDialog entry={conflict.entry} onClose={conflict.hide} />}
        {everHelp && <ShortcutHelp open={showHelp} onClose={() => setShowHelp(false)} />}
      </Suspense>
      <LiveRegion />
    </div>
  );
}
