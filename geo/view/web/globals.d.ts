/* What the page's scripts find on the window: what streamlit-folium puts there, and the one name of our own. */

interface Window {
  /* Of streamlit-folium, in the app's frame alone. */
  Streamlit?: { setComponentValue(value: unknown): void; setFrameHeight(height?: number): void };
  /* There once the map is drawn. Public: visibleIds, answers, setFilter, clearFilter, marks; the rest is for tests. */
  shekara?: {
    visibleIds(): string[];
    answers?(): { key: string; name: string; value: number; unit: string; low90: number; high90: number; records: number }[];
    marks(): { kind: string; key: string; ids: string[]; x: number | null; y: number | null }[];
    setFilter?(wanted: object): void;
    clearFilter?(): void;
    heading?(position: number): string;
    controller: object;
    filter?: object;
  };
}
