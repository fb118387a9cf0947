/**
 * Gives each title its achievement system, derived as for a world that names none (model/achievement-system.ts).
 * Requirements of title-managed achievements that stand for the percentage are removed, and the progress on them
 * becomes the percentage.
 */

const IS_PERCENTAGE = `json_array_length(a.requirements) = 1
    AND a.requirements ->> '$[0].id' = '00000000-0000-0000-0000-000000000000' AND a.requirements ->> '$[0].target' = '100'
    AND lower(a.requirements ->> '$[0].operationType') = 'sum' AND a.requirements ->> '$[0].valueType' = 'Integer'
    AND a.requirements ->> '$[0].ruleParticipationType' = 'Individual'`

const TITLE_MANAGED = 'SELECT a.row FROM achievement a JOIN title t USING (title_id) WHERE t.achievement_system = \'titleManaged\' AND a.requirements <> \'[]\''

/** At most 99 percent, unless it is unlocked: the migration unlocks nothing. */
const percentageUpdate = (table: string): string => /* sql */ `
UPDATE ${table} SET current = '[]', percent_complete = iif(percent_complete > 0 OR time_unlocked IS NOT NULL,
    percent_complete, max(0, min(99, CAST(current ->> '$[0][1]' AS INTEGER))))
  WHERE current <> '[]' AND achievement IN (${TITLE_MANAGED});`

/** The same as no progress. */
const IS_NOTHING = "percent_complete = 0 AND time_unlocked IS NULL AND NOT is_revoked AND current = '[]'"

export const achievementSystem = /* sql */ `
ALTER TABLE title ADD COLUMN achievement_system TEXT CHECK (achievement_system IN ('titleManaged', 'eventBased'));
ALTER TABLE title ADD COLUMN refuses_updates INTEGER NOT NULL DEFAULT 0;
UPDATE title SET achievement_system = iif(EXISTS (
    SELECT 1 FROM achievement a WHERE a.title_id = title.title_id
      AND (a.achievement_type = 'Challenge' OR NOT (a.requirements = '[]' OR (${IS_PERCENTAGE})))
  ), 'eventBased', 'titleManaged')
  WHERE generation = 'modern';
-- None of it is to be undone by a reset.
UPDATE world SET recording = 0;
${percentageUpdate('progress')}
${percentageUpdate('undo_progress')}
DELETE FROM progress WHERE ${IS_NOTHING};
UPDATE undo_progress SET existed = 0 WHERE ${IS_NOTHING};
UPDATE achievement SET requirements = '[]' WHERE row IN (${TITLE_MANAGED});
UPDATE world SET recording = 1;
`
