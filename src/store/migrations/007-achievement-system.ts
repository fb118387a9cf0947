/**
 * Which of the two achievement systems a title uses: as a world that does not say it
 * (achievement-system.ts). Of title-managed achievements, what says the percentage in the words of a
 * requirement becomes the percentage.
 */

const IS_PERCENTAGE = `json_array_length(a.requirements) = 1
    AND a.requirements ->> '$[0].id' = '00000000-0000-0000-0000-000000000000' AND a.requirements ->> '$[0].target' = '100'
    AND lower(a.requirements ->> '$[0].operationType') = 'sum' AND a.requirements ->> '$[0].valueType' = 'Integer'
    AND a.requirements ->> '$[0].ruleParticipationType' = 'Individual'`

const MANAGED = 'SELECT a.row FROM achievement a JOIN title t USING (title_id) WHERE t.achievement_system = \'titleManaged\' AND a.requirements <> \'[]\''

/** One that is not unlocked stays so. */
const settle = (table: string): string => /* sql */ `
UPDATE ${table} SET current = '[]', percent_complete = iif(percent_complete > 0 OR time_unlocked IS NOT NULL,
    percent_complete, max(0, min(99, CAST(current ->> '$[0][1]' AS INTEGER))))
  WHERE current <> '[]' AND achievement IN (${MANAGED});`

/** Progress that says no more than none. */
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
${settle('progress')}
${settle('undo_progress')}
DELETE FROM progress WHERE ${IS_NOTHING};
UPDATE undo_progress SET existed = 0 WHERE ${IS_NOTHING};
UPDATE achievement SET requirements = '[]' WHERE row IN (${MANAGED});
UPDATE world SET recording = 1;
`
