// Where the boxes and lines of a "where it comes from" picture stand, left to right.
import { Graph, layout } from '@dagrejs/dagre';

/** A thing in the picture. */
export interface LineageNode {
  id: string;
  name: string;
  /** What kind of thing, in words: read aloud and shown in the list. */
  what: string;
  kind: 'file' | 'here' | 'other';
  /** Area colour of another data product, 0 to 5. */
  color?: number;
  /** Can be opened. */
  open?: boolean;
}

/** From one thing to another; `words` say how, such as the column. */
export interface LineageEdge {
  from: string;
  to: string;
  words: string;
}

/** A box with its place, all in pixels at normal size. */
export interface PlacedNode extends LineageNode {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** The whole picture. */
export interface Picture {
  width: number;
  height: number;
  nodes: PlacedNode[];
  edges: { path: string; words: string }[];
}

const HEIGHT = 34;
const LEAST = 74;
const MOST = 176;
const PER_LETTER = 7.4;
const PADDING = 24;

/** Lays the picture out. */
export function place(nodes: readonly LineageNode[], edges: readonly LineageEdge[]): Picture {
  const graph = new Graph();
  graph.setGraph({ rankdir: 'LR', nodesep: 18, ranksep: 46, marginx: 3, marginy: 3 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const node of nodes) {
    const width = Math.min(MOST, Math.max(LEAST, node.name.length * PER_LETTER + PADDING));
    graph.setNode(node.id, { width, height: HEIGHT });
  }
  const known = new Set(nodes.map((node) => node.id));
  const drawn = edges.filter((edge) => known.has(edge.from) && known.has(edge.to) && edge.from !== edge.to);
  for (const edge of drawn) graph.setEdge(edge.from, edge.to);
  layout(graph);

  const placed = nodes.map((node) => {
    const { x, y, width, height } = graph.node(node.id) as { x: number; y: number; width: number; height: number };
    return { ...node, left: x - width / 2, top: y - height / 2, width, height };
  });
  const byId = new Map(placed.map((node) => [node.id, node]));
  const { width = 0, height = 0 } = graph.graph() as { width?: number; height?: number };
  return {
    width,
    height,
    nodes: placed,
    edges: drawn.map((edge) => ({ path: curve(byId.get(edge.from), byId.get(edge.to)), words: edge.words })),
  };
}

function curve(from: PlacedNode | undefined, to: PlacedNode | undefined): string {
  if (!from || !to) return '';
  const x1 = from.left + from.width;
  const y1 = from.top + from.height / 2;
  const x2 = to.left;
  const y2 = to.top + to.height / 2;
  const bend = Math.max(18, (x2 - x1) / 2);
  return `M${x1},${y1}C${x1 + bend},${y1} ${x2 - bend},${y2} ${x2},${y2}`;
}
