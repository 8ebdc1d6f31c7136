import type { Publication, PublicationFormat } from '@beltline/contract';
import { askFile } from '../../api/http-client.ts';
import { questions } from '../../api/questions.ts';
import { useCommand } from '../../api/useCommand.ts';
import { saveFile } from '../../format/save-file.ts';
import { useText } from '../../i18n/useText.ts';

/** Keeps a file of a report in the reader's language. */
export function useReportFile() {
  const { locale } = useText();
  const { busy, error, run } = useCommand();
  const keep = ({ number, id }: Pick<Publication, 'number' | 'id'>, format: PublicationFormat) =>
    run(async () => {
      const language = locale.value === 'zh-CN' ? 'zh' : 'en';
      const file = await askFile(questions.publicationFile(number ?? id, `${language}.${format}`));
      saveFile(file.content, file.name);
    });
  return { busy, error, keep };
}
