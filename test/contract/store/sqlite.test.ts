import { openStore } from '../../../collector/storage/open.ts'
import { openInFile } from './open-in-file.ts'
import { storeContract } from './store-contract.ts'

storeContract('SQLite', () => openInFile(openStore))
