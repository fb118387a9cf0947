/** Words of which titles, achievements and gamertags are made, by locale. */

export const LOCALES = ['en-US', 'de-DE', 'fr-FR'] as const
export type Locale = typeof LOCALES[number]

/** Before what was done. */
export const DONE: Readonly<Record<Locale, string>> = { 'en-US': 'Done:', 'de-DE': 'Geschafft:', 'fr-FR': "C'est fait :" }

/** What a player does, and to what: every verb goes with every thing. */
export const VERBS: Readonly<Record<Locale, readonly string[]>> = {
  'en-US': ['Find', 'Guard', 'Cross', 'Wake', 'Rebuild', 'Leave'],
  'de-DE': ['Finde', 'Bewache', 'Durchquere', 'Wecke', 'Erneuere', 'Verlasse'],
  'fr-FR': ['Trouve', 'Garde', 'Traverse', 'Réveille', 'Rebâtis', 'Quitte']
}

export const THINGS: Readonly<Record<Locale, readonly string[]>> = {
  'en-US': ['the harbour', 'the orchard', 'the tower', 'the mill', 'the valley', 'the bridge', 'the garden', 'the cave', 'the castle', 'the village', 'the island', 'the forest'],
  'de-DE': ['den Hafen', 'den Obstgarten', 'den Turm', 'die Mühle', 'das Tal', 'die Brücke', 'den Garten', 'die Höhle', 'die Burg', 'das Dorf', 'die Insel', 'den Wald'],
  'fr-FR': ['le port', 'le verger', 'la tour', 'le moulin', 'la vallée', 'le pont', 'le jardin', 'la grotte', 'le château', 'le village', "l'île", 'la forêt']
}

export const ADJECTIVES = ['Amber', 'Silent', 'Golden', 'Crimson', 'Hollow', 'Distant', 'Frozen', 'Gentle', 'Hidden', 'Iron', 'Lunar', 'Swift']
export const NOUNS = ['Lantern', 'Falcon', 'Harbour', 'Compass', 'Raven', 'Summit', 'Tide', 'Anchor', 'Ember', 'Willow', 'Beacon', 'Drift']
