import { openServingStore } from '../../../collector/storage/open.ts'
import { openInFile } from './open-in-file.ts'
import { storeContract } from './store-contract.ts'

storeContract('SQLite read in threads of its own', () => openInFile(openServingStore))
