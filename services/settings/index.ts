/** What the owner of an installation has written: for services that read it, and for who checks it. */
export {type Organization, readOrganization, readOwnOrganization} from './organization.ts';
export {readSealedModel, sealModel, unsealModel} from './sealed-model.ts';
export {readOwnSetting, readSetting, type Setting, settingsFolder} from './setting.ts';
export {ownModelFile, readVocabulary, shippedVocabulary, type Vocabulary} from './vocabulary.ts';
export {isMapping, type Path, YamlFile} from './yaml-file.ts';
