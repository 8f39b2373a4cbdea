// All pages; those of the sidebar in its order. A new page is a folder here, its words, and an entry below.
import ClipboardCheck from '@lucide/svelte/icons/clipboard-check';
import Clock from '@lucide/svelte/icons/clock';
import CircleHelp from '@lucide/svelte/icons/circle-question-mark';
import Download from '@lucide/svelte/icons/download';
import House from '@lucide/svelte/icons/house';
import Info from '@lucide/svelte/icons/info';
import LayoutGrid from '@lucide/svelte/icons/layout-grid';
import Library from '@lucide/svelte/icons/library';
import PackageCheck from '@lucide/svelte/icons/package-check';
import ScrollText from '@lucide/svelte/icons/scroll-text';
import Settings from '@lucide/svelte/icons/settings';
import Stethoscope from '@lucide/svelte/icons/stethoscope';
import Table from '@lucide/svelte/icons/table-2';
import Tag from '@lucide/svelte/icons/tag';
import User from '@lucide/svelte/icons/user';
import Users from '@lucide/svelte/icons/users';
import ShelfGlyph from '../parts/ShelfGlyph.svelte';
import AboutPage from './about/About.svelte';
import ActivityPage from './activity/Activity.svelte';
import AreaPage from './area/Area.svelte';
import BringPage from './bring/Bring.svelte';
import CheckPage from './check/Check.svelte';
import DoctorPage from './doctor/Doctor.svelte';
import HelpPage from './help/Help.svelte';
import LabelPage from './label/LabelPage.svelte';
import PeoplePage from './people/People.svelte';
import PersonPage from './people/Person.svelte';
import ProductPage from './product/Product.svelte';
import PublishPage from './publish/Publish.svelte';
import type { Page } from './registry';
import RulesPage from './rules/Rules.svelte';
import SettingsPage from './settings/Settings.svelte';
import ShelfPage from './shelf/Shelf.svelte';
import ShelvesPage from './shelves/Shelves.svelte';
import TodayPage from './today/Today.svelte';

export const PAGES: readonly Page[] = [
  { id: 'today', icon: House, inSidebar: true, words: 'today-page', help: 'today', component: TodayPage },
  { id: 'shelf', icon: ShelfGlyph, inSidebar: true, words: 'shelf-page', help: 'shelf', component: ShelfPage },
  { id: 'bring', icon: Download, inSidebar: true, words: 'bring-page', help: 'bring', component: BringPage },
  { id: 'activity', icon: Clock, inSidebar: true, words: 'activity-page', help: 'activity', component: ActivityPage },
  { id: 'check', icon: ClipboardCheck, inSidebar: false, words: 'check-page', params: ['draft'], under: 'bring', help: 'check', component: CheckPage },
  { id: 'label', icon: Tag, inSidebar: false, words: 'label-page', params: ['draft', 'field'], under: 'bring', help: 'label', component: LabelPage },
  { id: 'publish', icon: PackageCheck, inSidebar: false, words: 'publish-page', params: ['draft'], under: 'bring', help: 'publish', component: PublishPage },
  { id: 'product', icon: Table, inSidebar: false, words: 'product-page', params: ['product', 'release'], under: 'shelf', help: 'product', component: ProductPage },
  { id: 'area', icon: LayoutGrid, inSidebar: false, words: 'area-page', params: ['name'], under: 'shelf', help: 'shelf', component: AreaPage },
  { id: 'people', icon: Users, inSidebar: false, words: 'people-page', under: 'shelf', help: 'people', component: PeoplePage },
  { id: 'person', icon: User, inSidebar: false, words: 'person-page', params: ['name'], under: 'shelf', help: 'people', component: PersonPage },
  { id: 'rules', icon: ScrollText, inSidebar: false, words: 'rules-page', under: 'shelf', help: 'people', component: RulesPage },
  { id: 'shelves', icon: Library, inSidebar: false, words: 'shelves-page', params: ['step'], under: 'shelf', help: 'places', component: ShelvesPage },
  { id: 'settings', icon: Settings, inSidebar: false, words: 'settings-page', help: 'settings', component: SettingsPage },
  { id: 'doctor', icon: Stethoscope, inSidebar: false, words: 'doctor-page', help: 'places', component: DoctorPage },
  { id: 'about', icon: Info, inSidebar: false, words: 'about-page', help: 'start', component: AboutPage },
  { id: 'help', icon: CircleHelp, inSidebar: false, words: 'help-page', params: ['topic'], help: 'start', component: HelpPage },
];

/** The page of this name; the first one where there is none. */
export function pageOf(id: string): Page {
  return PAGES.find((page) => page.id === id) ?? (PAGES[0] as Page);
}
